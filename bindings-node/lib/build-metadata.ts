import type { JsonObject } from './json';
export type BuildMetadataJson = JsonObject;
export class BuildMetadata { 
  private constructor() {}
  toJSON(): BuildMetadataJson { return {}; }
  static fromJson(_: BuildMetadataJson): BuildMetadata { return new BuildMetadata(); }
}

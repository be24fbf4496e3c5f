import { native } from './addon';
import { described, text } from './arguments';
import { asynchronous, synchronous } from './call';
import { EvidenceRecord } from './evidence-record';
import type { Policy, Waiting } from './gate-options';
import { checkObject, waitOf } from './gate-request';
import type { Promotion as NativePromotion, Proof as NativeProof } from './native';
import type { CallOptions } from './options';
import { type Caller, invalidArgument, parse, stringify } from './outcome';
import { Proof } from './proof';
import { Registry } from './registry';
import { Value } from './value';
import { VerifiedImage, type VerifiedImageJson } from './verified-image';
import { Version, type VersionJson } from './version';

/** The JSON form of a {@link Promotion}. */
export interface PromotionJson {
  readonly from: VersionJson;
  readonly version: VersionJson;
  readonly alreadyThere: boolean;
  readonly image: VerifiedImageJson;
}

/** Where a call writes. */
export interface MoveAliasOptions {
  /** An `EcrRegistry` or a `MemoryRegistry`. Default: Amazon ECR, as the environment says. */
  readonly registry?: Registry | undefined;
  readonly signal?: CallOptions<never>['signal'];
}

/** What is promoted, and where. */
export interface PromoteOptions extends MoveAliasOptions, Waiting {
  /** Resolved by the tag of its version. */
  readonly image: VerifiedImage;
  /** The environment: `production`. */
  readonly to: string;
  /** What the gate looks at under the new tag. */
  readonly policy?: Policy | undefined;
}

/** An image that has the version of another environment beside its own. */
export class Promotion extends Value<PromotionJson> {
  /** The version that was promoted. */
  readonly from: Version;
  /** The version that it has in the other environment: the same commit, build time and run. */
  readonly version: Version;
  /** Whether the registry had the new tag already, with the same digest. */
  readonly alreadyThere: boolean;
  /** The image as the gate found it under the new tag. */
  readonly image: VerifiedImage;
  readonly #native: NativePromotion;

  private constructor(promotion: NativePromotion, caller: Caller) {
    const json = parse<PromotionJson>(promotion.toJson(), caller);
    super(json);
    this.from = Version.fromJson(json.from);
    this.version = Version.fromJson(json.version);
    this.alreadyThere = json.alreadyThere;
    this.image = VerifiedImage.wrap(promotion.image(), caller);
    this.#native = promotion;
    Object.freeze(this);
  }

  /** @internal */
  static wrap(promotion: NativePromotion, caller: Caller): Promotion {
    return new Promotion(promotion, caller);
  }

  /**
   * Lets the alias of the environment lead to the promoted image, and gives it.
   *
   * @param proof that every running task of a service runs this very image: that of `verifyRunning`, or
   * the record of the deployment
   * @throws {@link ArtifactDeployError} `PROOF_FAILED` when the proof is of something else, or does not verify
   */
  async moveAlias(proof: Proof | EvidenceRecord, options: MoveAliasOptions = {}): Promise<string> {
    const caller = this.moveAlias;
    const [proved, registry] = [proofOf(proof, caller), Registry.nativeOf(options.registry, caller)];
    return asynchronous({ signal: options.signal }, caller, (cancellation) =>
      native.moveAlias(this.#native, proved, registry, cancellation),
    );
  }

  /** As {@link moveAlias}, while this thread waits. */
  moveAliasSync(proof: Proof | EvidenceRecord, options: MoveAliasOptions = {}): string {
    const caller = this.moveAliasSync;
    const [proved, registry] = [proofOf(proof, caller), Registry.nativeOf(options.registry, caller)];
    return synchronous({ signal: options.signal }, caller, (cancellation) =>
      native.moveAliasSync(this.#native, proved, registry, cancellation),
    );
  }

  /** The version in the other environment. */
  override toString(): string {
    return this.version.id;
  }
}

/**
 * Gives a verified image the version and the tag of another environment.
 *
 * Nothing is built or copied: the manifest is put under the new tag as it is, and what the gate then
 * finds there must have the same digest. A repeated promotion changes nothing.
 *
 * @throws {@link ArtifactDeployError} `VERSION_CONFLICT` when the new tag leads to other bytes,
 * `INVALID_VERSION` when the image does not have the tag of a version, and those of the gate
 */
export async function promote(options: PromoteOptions): Promise<Promotion> {
  const caller = promote;
  const request = requestOf(options, caller);
  const image = VerifiedImage.nativeOf(options.image, caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const promotion = await asynchronous({ signal: options.signal }, caller, (cancellation) =>
    native.promote(request, image, registry, cancellation),
  );
  return Promotion.wrap(promotion, caller);
}

/** As {@link promote}, while this thread waits. */
export function promoteSync(options: PromoteOptions): Promotion {
  const caller = promoteSync;
  const request = requestOf(options, caller);
  const image = VerifiedImage.nativeOf(options.image, caller);
  const registry = Registry.nativeOf(options.registry, caller);
  const promotion = synchronous({ signal: options.signal }, caller, (cancellation) =>
    native.promoteSync(request, image, registry, cancellation),
  );
  return Promotion.wrap(promotion, caller);
}

const OPTIONS = [
  'image',
  'to',
  'policy',
  'deadlineMs',
  'firstDelayMs',
  'longestDelayMs',
  'registry',
  'signal',
];

function requestOf(options: PromoteOptions, caller: Caller): string {
  checkObject(options, OPTIONS, caller);
  const wait = waitOf(options, 'without it the gate asks once', caller);
  return stringify({ to: text(options.to, 'to', caller), policy: options.policy, wait }, caller);
}

function proofOf(proof: Proof | EvidenceRecord, caller: Caller): NativeProof {
  const found = proof instanceof EvidenceRecord ? proof.proof : proof;
  if (found !== undefined) return Proof.nativeOf(found, caller);
  const given = proof === undefined ? described(proof) : 'a record without one';
  throw invalidArgument(`the proof is ${given}; deploy until verified, or ask verifyRunning`, caller);
}

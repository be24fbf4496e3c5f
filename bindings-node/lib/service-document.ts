import { native } from './addon';
import { described } from './arguments';
import type { DeploymentConfiguration, DeploymentConfigurationJson } from './deployment-configuration';
import type { JsonObject } from './json';
import type { ServiceDocument as NativeDocument } from './native';
import { type Caller, invalidArgument, parse, stringify, unwrap } from './outcome';
import { type TaskDefinitionChange, TaskDefinitionDiff, type TaskDefinitionProblem } from './task-definition';

/** The changes to a service. What is not mentioned stays as it is. */
export interface ServiceChanges {
  /** The ARN of one revision, never a family, of which ECS would take the latest. */
  readonly taskDefinition?: string | undefined;
  /** Not for a service that is scaled automatically. */
  readonly desiredCount?: number | undefined;
  /** What it does not say stays. */
  readonly deploymentConfiguration?: DeploymentConfiguration | DeploymentConfigurationJson | undefined;
  /** As ECS writes it, over that of the deployment configuration. */
  readonly circuitBreaker?: object | undefined;
  /** Whether commands may be run in its tasks (ECS Exec). */
  readonly enableExecuteCommand?: boolean | undefined;
  /** Replaces the Service Connect configuration, as ECS writes it. */
  readonly serviceConnectConfiguration?: object | undefined;
}

/** What `UpdateService` has to be told. */
export interface ServiceUpdate {
  /** The body of the request, only what changes; absent when nothing does. */
  readonly request?: JsonObject;
  /** What the document says otherwise and `UpdateService` cannot change, with what to do about it. */
  readonly unchangeable: readonly TaskDefinitionProblem[];
}

/**
 * A service: the input of ECS `CreateService`, kept as the JSON that it came as. The order of members,
 * and members that this package has never heard of, survive in {@link toString}.
 */
export class ServiceDocument {
  readonly #native: NativeDocument;
  /** The name of the service, where it has one. */
  readonly name: string | undefined;

  private constructor(document: NativeDocument) {
    this.#native = document;
    this.name = document.name ?? undefined;
    Object.freeze(this);
  }

  /**
   * Reads JSON text (or an object): the input of `CreateService`, a service as `DescribeServices`
   * returns it, or either wrapped as `{"service": …}` or as the only one of `{"services": […]}`.
   *
   * @throws {@link ArtifactDeployError} `INVALID_SERVICE`
   */
  static parse(document: string | object): ServiceDocument {
    return new ServiceDocument(nativeDocument(document, ServiceDocument.parse));
  }

  /** All that ECS would refuse, as far as the published rules tell; empty when nothing is wrong. */
  validate(): TaskDefinitionProblem[] {
    return parse(this.#native.validate(), this.validate);
  }

  /**
   * A copy with the changes; nothing else changes.
   *
   * @throws {@link ArtifactDeployError} `INVALID_SERVICE` with the problems in the details,
   * `INVALID_ARGUMENT` for changes that do not exist
   */
  render(changes: ServiceChanges): ServiceDocument {
    const rendered = this.#native.render(stringify(changes, this.render));
    return new ServiceDocument(unwrap(rendered, this.render));
  }

  /** What differs in `after` for ECS. */
  diff(after: ServiceDocument | string | object): TaskDefinitionDiff {
    const outcome = this.#native.diff(this.#nativeOf(after, this.diff));
    const { diff, text } = parse<{ diff: { changes: TaskDefinitionChange[] }; text: string }>(
      outcome,
      this.diff,
    );
    return TaskDefinitionDiff.make(diff, text);
  }

  /** What `UpdateService` has to be told so that the service `live` becomes this one. */
  update(live: ServiceDocument | string | object): ServiceUpdate {
    return parse(this.#native.update(this.#nativeOf(live, this.update)), this.update);
  }

  #nativeOf(document: ServiceDocument | string | object, caller: Caller): NativeDocument {
    return document instanceof ServiceDocument ? document.#native : nativeDocument(document, caller);
  }

  /** The document. */
  toJSON(): JsonObject {
    return JSON.parse(this.toString()) as JsonObject;
  }

  /** The document as JSON text on one line, with its members in their order. */
  toString(): string {
    return this.#native.toText();
  }

  /** The document as indented JSON text, for files that people read. */
  toPrettyString(): string {
    return this.#native.toPrettyText();
  }
}

function nativeDocument(document: string | object, caller: Caller): NativeDocument {
  if (typeof document !== 'string' && (typeof document !== 'object' || document === null)) {
    throw invalidArgument(`the service is ${described(document)}; expected JSON text or an object`, caller);
  }
  const text = typeof document === 'string' ? document : stringify(document, caller);
  return unwrap(native.parseServiceDocument(text), caller);
}

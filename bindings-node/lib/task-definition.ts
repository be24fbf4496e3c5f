import { native } from './addon';
import { described } from './arguments';
import type { JsonObject, JsonValue } from './json';
import type { TaskDefinition as NativeTaskDefinition } from './native';
import { type Caller, invalidArgument, parse, stringify, unwrap } from './outcome';
import { Value } from './value';

/** Something in a task definition that ECS would refuse. */
export interface TaskDefinitionProblem {
  /** Where it is: a JSON pointer, empty for the document as a whole. */
  readonly pointer: string;
  /** What is wrong there. */
  readonly problem: string;
  /** What would be right. */
  readonly expected: string;
}

/** One difference; a side that does not have it is left out. */
export interface TaskDefinitionChange {
  /** A JSON pointer with names in the place of indices: `/containerDefinitions/app/image`. */
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/**
 * What differs between two task definitions for ECS. The order of named lists, defaults and empty
 * members make no difference.
 *
 * The JSON form has values as they are; the text form hides what looks secret.
 */
export class TaskDefinitionDiff extends Value<{ readonly changes: readonly TaskDefinitionChange[] }> {
  /** In the order of their paths. */
  readonly changes: readonly TaskDefinitionChange[];
  readonly #text: string;

  private constructor(json: { readonly changes: readonly TaskDefinitionChange[] }, text: string) {
    super(json);
    this.changes = json.changes;
    this.#text = text;
    Object.freeze(this);
  }

  /** @internal */
  static make(json: { readonly changes: readonly TaskDefinitionChange[] }, text: string): TaskDefinitionDiff {
    return new TaskDefinitionDiff(json, text);
  }

  /** Whether both mean the same to ECS. */
  get isEmpty(): boolean {
    return this.changes.length === 0;
  }

  /** For people and logs. */
  override toString(): string {
    return this.#text;
  }
}

/**
 * A task definition: the input of ECS `RegisterTaskDefinition`, kept as the JSON that it came as.
 * The order of members, and members that this package has never heard of, survive in
 * {@link toString}.
 */
export class TaskDefinition {
  readonly #native: NativeTaskDefinition;
  /** The family, where it has one. */
  readonly family: string | undefined;
  /** The names of the containers, in their order. */
  readonly containerNames: readonly string[];

  private constructor(document: NativeTaskDefinition) {
    this.#native = document;
    this.family = document.family ?? undefined;
    this.containerNames = document.containerNames;
    Object.freeze(this);
  }

  /** @internal */
  static wrap(document: NativeTaskDefinition): TaskDefinition {
    return new TaskDefinition(document);
  }

  /** @internal */
  static nativeOf(document: TaskDefinition | string | object, caller: Caller): NativeTaskDefinition {
    if (document instanceof TaskDefinition) return document.#native;
    if (typeof document !== 'string' && (typeof document !== 'object' || document === null)) {
      throw invalidArgument(
        `the task definition is ${described(document)}; expected JSON text or an object`,
        caller,
      );
    }
    const text = typeof document === 'string' ? document : stringify(document, caller);
    return unwrap(native.parseTaskDefinition(text), caller);
  }

  /**
   * Reads JSON text (or an object, whose integer-like member names JavaScript has put in front):
   * the input of `RegisterTaskDefinition`, the output of `DescribeTaskDefinition`, or
   * `{"taskDefinition": …}`.
   *
   * @throws {@link ArtifactDeployError} `INVALID_TASK_DEFINITION`
   */
  static parse(document: string | object): TaskDefinition {
    return new TaskDefinition(TaskDefinition.nativeOf(document, TaskDefinition.parse));
  }

  /** All that ECS would refuse, as far as the published rules tell; empty when nothing is wrong. */
  validate(): TaskDefinitionProblem[] {
    return parse(this.#native.validate(), this.validate);
  }

  /**
   * What differs in `after` for ECS.
   *
   * @throws {@link ArtifactDeployError} `INVALID_TASK_DEFINITION` when `after` cannot be read
   */
  diff(after: TaskDefinition | string | object): TaskDefinitionDiff {
    const outcome = this.#native.diff(TaskDefinition.nativeOf(after, this.diff));
    const { diff, text } = parse<{ diff: { changes: TaskDefinitionChange[] }; text: string }>(
      outcome,
      this.diff,
    );
    return TaskDefinitionDiff.make(diff, text);
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

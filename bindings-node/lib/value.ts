/** A result of the library: an immutable value with one JSON form, the same in all languages. */
export abstract class Value<Json> {
  readonly #json: Json;

  /** @internal */
  protected constructor(json: Json) {
    this.#json = json;
  }

  /** The JSON form, as `JSON.stringify` writes it. */
  toJSON(): Json {
    return structuredClone(this.#json);
  }
}

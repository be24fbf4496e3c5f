// What is reached over the network: options in the library's units, and what calls share.
import type { Caller } from './outcome';
import type { RegistryTimeouts } from './registry';

/** Milliseconds as the library's seconds: `{ readMs: 500 }` is `{ read: 0.5 }`. */
export function timeoutsInSeconds(
  timeouts: RegistryTimeouts | undefined,
): Record<string, unknown> | undefined {
  if (timeouts === undefined) return undefined;
  const entries = Object.entries(timeouts).map(([name, value]) =>
    name.endsWith('Ms') && typeof value === 'number' ? [name.slice(0, -2), value / 1000] : [name, value],
  );
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** What calls share that name nothing: kept as long as the variables stay that the AWS SDK looks at. */
export class Shared<T> {
  readonly #make: (caller: Caller) => T;
  #kept: { readonly environment: string; readonly made: T } | undefined;

  constructor(make: (caller: Caller) => T) {
    this.#make = make;
  }

  /** What is kept, with its connections and credentials. */
  get(caller: Caller): T {
    const variables = Object.entries(process.env).filter(([name]) => /^AWS_|^HOME$|_PROXY$/i.test(name));
    const environment = JSON.stringify(variables);
    if (this.#kept?.environment !== environment) {
      this.#kept = { environment, made: this.#make(caller) };
    }
    return this.#kept.made;
  }
}

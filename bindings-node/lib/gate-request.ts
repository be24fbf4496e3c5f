// What is asked of the gate, for the native side.
import { described, text } from './arguments';
import type { GateOptions, ImageQuery, Waiting } from './gate-options';
import { type Caller, invalidArgument, stringify } from './outcome';

/** The members of {@link ImageQuery}; all other members of one object are options. */
const QUERY = ['repository', 'tag', 'digest', 'environment', 'expectedDigest', 'platform', 'revision'];

const OPTIONS = [
  'policy',
  'deadlineMs',
  'firstDelayMs',
  'longestDelayMs',
  'registry',
  'onProgress',
  'signal',
];

/** The query in an object that has options too. */
export function queryOf(all: ImageQuery, caller: Caller): ImageQuery {
  checkObject(all, [...QUERY, ...OPTIONS], caller);
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => QUERY.includes(name)),
  ) as unknown as ImageQuery;
}

/** The options of a batch. */
export function optionsOf(options: GateOptions, caller: Caller): GateOptions {
  checkObject(options, OPTIONS, caller);
  return options;
}

/** A misspelt option would otherwise be a check that is silently not made. */
export function checkObject(all: object, names: readonly string[], caller: Caller): void {
  if (typeof all !== 'object' || all === null) {
    throw invalidArgument(`the options are ${described(all)}; expected an object`, caller);
  }
  const unknown = Object.keys(all).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw invalidArgument(
      `there is no option ${JSON.stringify(unknown)}; expected one of ${names.join(', ')}`,
      caller,
    );
  }
}

/** A member of the wrong type, by its name: a version where its tag is meant, say. */
function checkMembers(query: ImageQuery, caller: Caller): void {
  for (const [name, value] of Object.entries(Object(query) as object)) {
    if (QUERY.includes(name) && value !== undefined) text(value as string, name, caller);
  }
}

/** The request for the native side, as JSON text. */
export function request(queries: readonly ImageQuery[], options: GateOptions, caller: Caller): string {
  if (Array.isArray(queries)) queries.forEach((query: ImageQuery) => checkMembers(query, caller));
  const wait = waitOf(options, 'without it the gate asks once', caller);
  return stringify({ queries, policy: options.policy, wait, variables: process.env }, caller);
}

/** How long is waited, as the library reads it; `without` says what it means to give no deadline. */
export function waitOf(
  { deadlineMs, firstDelayMs, longestDelayMs }: Waiting,
  without: string,
  caller: Caller,
): object | undefined {
  if (deadlineMs !== undefined) {
    return {
      timeoutSeconds: seconds(deadlineMs, 'deadlineMs', caller),
      firstDelaySeconds: seconds(firstDelayMs, 'firstDelayMs', caller),
      longestDelaySeconds: seconds(longestDelayMs, 'longestDelayMs', caller),
    };
  }
  if ((firstDelayMs ?? longestDelayMs) === undefined) return undefined;
  throw invalidArgument(`firstDelayMs and longestDelayMs need deadlineMs; ${without}`, caller);
}

/** The library's unit. What is no number is refused here, by the caller's own name for it. */
function seconds(milliseconds: number | undefined, name: string, caller: Caller): number | undefined {
  if (milliseconds === undefined) return undefined;
  if (Number.isFinite(milliseconds)) return milliseconds / 1000;
  const given = typeof milliseconds === 'number' ? String(milliseconds) : described(milliseconds);
  throw invalidArgument(`${name} is ${given}; expected a number of milliseconds`, caller);
}

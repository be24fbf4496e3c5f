// What is asked of the gate, for the native side.
import type { GateOptions, ImageQuery } from './gate-options';
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
function checkObject(all: object, names: readonly string[], caller: Caller): void {
  if (typeof all !== 'object' || all === null) {
    throw invalidArgument(`the options are a ${typeof all}; expected an object`, caller);
  }
  const unknown = Object.keys(all).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw invalidArgument(
      `there is no option ${JSON.stringify(unknown)}; expected one of ${names.join(', ')}`,
      caller,
    );
  }
}

/** The request for the native side, as JSON text. */
export function request(queries: readonly ImageQuery[], options: GateOptions, caller: Caller): string {
  const { policy, deadlineMs, firstDelayMs, longestDelayMs } = options;
  if (deadlineMs === undefined && (firstDelayMs ?? longestDelayMs) !== undefined) {
    throw invalidArgument(
      'firstDelayMs and longestDelayMs need deadlineMs; without it the gate asks once',
      caller,
    );
  }
  const wait =
    deadlineMs === undefined
      ? undefined
      : {
          timeoutSeconds: seconds(deadlineMs),
          firstDelaySeconds: seconds(firstDelayMs),
          longestDelaySeconds: seconds(longestDelayMs),
        };
  return stringify({ queries, policy, wait, variables: process.env }, caller);
}

/** Anything but a number is passed on, for the library to refuse. */
function seconds(milliseconds: number | undefined): number | undefined {
  return typeof milliseconds === 'number' ? milliseconds / 1000 : milliseconds;
}

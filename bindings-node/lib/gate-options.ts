import type { ErrorCode } from './error';
import type { CallOptions } from './options';
import { type Caller, invalidArgument, stringify } from './outcome';
import type { Registry } from './registry';

/** Which image is meant, and what is expected of it. */
export interface ImageQuery {
  /** The address of the repository. A name alone means Amazon ECR, as the environment says. */
  readonly repository: string;
  /** The tag. Without tag and digest: `IMAGE_TAG` of the environment, else `{environment}-latest`. */
  readonly tag?: string | undefined;
  /** The digest; with a tag, the tag must lead to it. */
  readonly digest?: string | undefined;
  /** Where it is deployed: for the tag when none is named. */
  readonly environment?: string | undefined;
  /** What the build reported: the digest of the image, or of one of its platforms. */
  readonly expectedDigest?: string | undefined;
  /** What it must run on, such as `linux/arm64`. */
  readonly platform?: string | undefined;
  /** The commit that its label `org.opencontainers.image.revision` must name. */
  readonly revision?: string | undefined;
}

/** Which checks are made beyond those that always are. What is left out is off. */
export interface Policy {
  /** Whether everything that the image refers to must be there (`available`) and hash right (`verified`). */
  readonly content?: 'off' | 'available' | 'verified' | undefined;
  /** What comes of a tag that the repository would let be moved. */
  readonly tagImmutable?: 'off' | 'warn' | 'require' | undefined;
  /** Believes the registry's digest where it may not be asked for the manifest. */
  readonly unverifiedManifest?: boolean | undefined;
}

/** An attempt that did not settle everything. Times in seconds. */
export interface GateProgress {
  /** From 1. */
  readonly attempt: number;
  readonly elapsedSeconds: number;
  /** Until the gate asks again. */
  readonly nextDelaySeconds: number;
  /** Until the deadline. */
  readonly remainingSeconds: number;
  /** The images that are waited for, and what each lacks. */
  readonly pending: readonly { readonly image: string; readonly code: ErrorCode; readonly reason: string }[];
}

/** How the gate is asked. */
export interface GateOptions extends CallOptions<GateProgress> {
  /** Default: only the checks that are always made, which cost one call per image. */
  readonly policy?: Policy | undefined;
  /** How long to wait for what is not there yet, in milliseconds. Default: not at all. */
  readonly deadlineMs?: number | undefined;
  /** How long to wait before asking again, at first and at most, in milliseconds. Default: 1000 and 15000. */
  readonly firstDelayMs?: number | undefined;
  readonly longestDelayMs?: number | undefined;
  /** Default: Amazon ECR or any other registry, by the address, as the environment says. */
  readonly registry?: Registry | undefined;
}

/** The members of {@link ImageQuery}; all other members of one object are options. */
const QUERY = ['repository', 'tag', 'digest', 'environment', 'expectedDigest', 'platform', 'revision'];

const OPTIONS = ['policy', 'deadlineMs', 'firstDelayMs', 'longestDelayMs', 'registry', 'onProgress', 'signal'];

/** The query in an object that has options too. */
export function queryOf(all: ImageQuery, caller: Caller): ImageQuery {
  checkObject(all, [...QUERY, ...OPTIONS], caller);
  return Object.fromEntries(Object.entries(all).filter(([name]) => QUERY.includes(name))) as unknown as ImageQuery;
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
    throw invalidArgument(`there is no option ${JSON.stringify(unknown)}; expected one of ${names.join(', ')}`, caller);
  }
}

/** The request for the native side, as JSON text. */
export function request(queries: readonly ImageQuery[], options: GateOptions, caller: Caller): string {
  const { policy, deadlineMs, firstDelayMs, longestDelayMs } = options;
  if (deadlineMs === undefined && (firstDelayMs ?? longestDelayMs) !== undefined) {
    throw invalidArgument('firstDelayMs and longestDelayMs need deadlineMs; without it the gate asks once', caller);
  }
  const wait = deadlineMs === undefined
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

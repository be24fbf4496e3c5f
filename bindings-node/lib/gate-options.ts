import type { ErrorCode } from './error';
import type { CallOptions } from './options';
import type { Registry } from './registry';

/** Which image is meant, and what is expected of it. */
export interface ImageQuery {
  /** The address of the repository. A name alone means Amazon ECR, as the environment says. */
  readonly repository: string;
  /** The tag, such as `version.tag`. Without tag and digest: `IMAGE_TAG` of the environment, else `{environment}-latest`. */
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
  /** What a finished scan for vulnerabilities may have found. */
  readonly scan?: 'off' | ScanPolicy | undefined;
  /** What comes of an image that a lifecycle rule of the repository will take away. */
  readonly retention?: 'off' | 'warn' | 'require' | RetentionPolicy | undefined;
}

/**
 * How many findings of each severity are allowed. A severity without a limit of its own has that of the
 * next milder one that has one.
 */
export interface ScanPolicy {
  readonly critical?: number | undefined;
  readonly high?: number | undefined;
  readonly medium?: number | undefined;
  readonly low?: number | undefined;
  readonly informational?: number | undefined;
  /** Of findings whose severity is not defined. */
  readonly undefined?: number | undefined;
  /** What comes of an image that is not scanned. Default: `fail`. */
  readonly onMissing?: 'fail' | 'warn' | undefined;
  /** Whether a wait is also one for a scan that is not finished. Default: true. */
  readonly wait?: boolean | undefined;
}

/** What comes of an image that will be taken away. */
export interface RetentionPolicy {
  readonly mode: 'off' | 'warn' | 'require';
  /** It is enough that the image stays for so many days. */
  readonly forDays?: number | undefined;
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

/** How long is waited, in milliseconds. */
export interface Waiting {
  /** How long to wait for what is not there yet. Default: not at all. */
  readonly deadlineMs?: number | undefined;
  /** How long to wait before asking again, at first and at most. Default: 1000 and 15000. */
  readonly firstDelayMs?: number | undefined;
  readonly longestDelayMs?: number | undefined;
}

/** How the gate is asked. */
export interface GateOptions extends CallOptions<GateProgress>, Waiting {
  /** Default: only the checks that are always made, which cost one call per image. */
  readonly policy?: Policy | undefined;
  /** Default: Amazon ECR or any other registry, by the address, as the environment says. */
  readonly registry?: Registry | undefined;
}

import type { JsonValue } from './json';

/** The stable codes, the same in Rust, Python and Node. */
export type ErrorCode =
  | 'INVALID_ENVIRONMENT'
  | 'INVALID_VERSION'
  | 'INVALID_RELEASE'
  | 'INVALID_COMMIT'
  | 'INVALID_TIME'
  | 'INVALID_METADATA'
  | 'METADATA_NOT_FOUND'
  | 'INVALID_OUTPUT'
  | 'INVALID_TAG'
  | 'INVALID_DIGEST'
  | 'INVALID_REPOSITORY'
  | 'INVALID_REFERENCE'
  | 'INVALID_PLATFORM'
  | 'INVALID_MANIFEST'
  | 'INVALID_ARGUMENT'
  | 'INVALID_TASK_DEFINITION'
  | 'INVALID_SERVICE'
  | 'INVALID_TASK_DEFINITION_ARN'
  | 'INVALID_DEPLOYMENT_CONFIGURATION'
  | 'CONTAINER_NOT_FOUND'
  | 'SECRET_COLLISION'
  | 'IMAGE_NOT_FOUND'
  | 'REPOSITORY_NOT_FOUND'
  | 'IMAGE_NOT_ACTIVE'
  | 'DIGEST_MISMATCH'
  | 'UNEXPECTED_DIGEST'
  | 'PLATFORM_MISMATCH'
  | 'REVISION_MISMATCH'
  | 'CONTENT_INCOMPLETE'
  | 'CONTENT_CORRUPT'
  | 'TAG_MUTABLE'
  | 'VERSION_CONFLICT'
  | 'SCAN_INCOMPLETE'
  | 'SCAN_REJECTED'
  | 'WOULD_EXPIRE'
  | 'CLUSTER_NOT_FOUND'
  | 'SERVICE_NOT_FOUND'
  | 'SERVICE_NOT_ACTIVE'
  | 'TASK_DEFINITION_NOT_FOUND'
  | 'SERVICE_DEPLOYMENT_NOT_FOUND'
  | 'TARGET_GROUP_NOT_FOUND'
  | 'UNSUPPORTED_CONTROLLER'
  | 'UNSUPPORTED_OPERATION'
  | 'REQUEST_REJECTED'
  | 'CONFLICT'
  | 'NO_KNOWN_GOOD'
  | 'DEPLOYMENT_ROLLED_BACK'
  | 'DEPLOYMENT_FAILED'
  | 'DEPLOYMENT_SUPERSEDED'
  | 'PROOF_FAILED'
  | 'APPLICATION_MISMATCH'
  | 'ACCESS_DENIED'
  | 'UNAUTHENTICATED'
  | 'THROTTLED'
  | 'QUOTA_EXCEEDED'
  | 'REGISTRY_UNAVAILABLE'
  | 'SERVICE_UNAVAILABLE'
  | 'TIMEOUT'
  | 'UNEXPECTED_RESPONSE'
  | 'DEADLINE_EXCEEDED'
  | 'CANCELLED'
  | 'BATCH_FAILED'
  | 'IO'
  | 'RUNTIME_UNAVAILABLE';

/** What an {@link ArtifactDeployError} carries beside its code and message. */
export interface ArtifactDeployErrorOptions {
  readonly details?: JsonValue | undefined;
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/**
 * Every error of this package: what happened, to which thing, and what to do.
 *
 * Decide by {@link code}; the message is for people. No secret appears in any of its members.
 */
export class ArtifactDeployError extends Error {
  /** The stable code, for example `IMAGE_NOT_FOUND`. */
  readonly code: ErrorCode;
  /** Facts for programs: the gate's report, the list of problems, the AWS request id. */
  readonly details: JsonValue | undefined;
  /** Whether the same call can succeed later with nothing changed by the caller. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: ArtifactDeployErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryable = options.retryable ?? false;
  }

  /** Code, message, details and whether to retry: for logs. */
  toJSON(): { name: string; code: ErrorCode; message: string; retryable: boolean; details?: JsonValue } {
    const { name, code, message, retryable, details } = this;
    return { name, code, message, retryable, ...(details === undefined ? {} : { details }) };
  }
}

// On the prototype, as for the errors of JavaScript itself: it is no own, enumerable member.
Object.defineProperty(ArtifactDeployError.prototype, 'name', {
  value: 'ArtifactDeployError',
  configurable: true,
  writable: true,
});

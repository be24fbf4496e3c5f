/** As much of `AbortSignal` as is used. Every `AbortSignal` is one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What every call that takes time accepts. */
export interface CallOptions<Progress> {
  /** Is told of every attempt and wait. What it throws ends the call, and is thrown by the call. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Cancels the call, which then fails with `CANCELLED`; its `cause` is the signal's reason.
   * A synchronous call only looks at it once, before it begins.
   */
  readonly signal?: AbortSignalLike | undefined;
}

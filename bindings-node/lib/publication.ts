import { native } from './addon';
import { text } from './arguments';
import { asynchronous, synchronous } from './call';
import type { Registry as NativeRegistry } from './native';
import type { AbortSignalLike } from './options';
import { type Caller, parse } from './outcome';
import { Registry } from './registry';

/** Whether a tag is already in a registry. */
export type Publication =
  /** The registry does not have it: push. */
  | { readonly state: 'unpublished' }
  /** The registry has it, and it is what was built, as far as that was told. */
  | { readonly state: 'published'; readonly digest: string };

/** Which tag is asked for. */
export interface PublicationOptions {
  readonly repository: string;
  readonly tag: string;
  /** What the build has, when it is known already. */
  readonly digest?: string | undefined;
  /** Default: by the address, as the environment says. */
  readonly registry?: Registry | undefined;
  /** A synchronous call only looks at it once, before it begins. */
  readonly signal?: AbortSignalLike | undefined;
}

/**
 * Before a push: whether this version is still unpublished.
 *
 * @throws {@link ArtifactDeployError} `VERSION_CONFLICT` when the tag is there with another digest,
 * `IMAGE_NOT_ACTIVE`, and what keeps the registry from answering
 */
export async function publication(options: PublicationOptions): Promise<Publication> {
  const asked = checked(options, publication);
  const outcome = await asynchronous(asked.call, publication, (cancellation) =>
    native.publication(...asked.arguments, cancellation),
  );
  return parse(outcome, publication);
}

/** As {@link publication}, while this thread waits. */
export function publicationSync(options: PublicationOptions): Publication {
  const asked = checked(options, publicationSync);
  const outcome = synchronous(asked.call, publicationSync, (cancellation) =>
    native.publicationSync(...asked.arguments, cancellation),
  );
  return parse(outcome, publicationSync);
}

interface Asked {
  readonly call: { readonly signal: AbortSignalLike | undefined };
  readonly arguments: [string, string, string | undefined, NativeRegistry];
}

function checked(options: PublicationOptions, caller: Caller): Asked {
  const { repository, tag, digest, registry, signal } = options ?? {};
  return {
    call: { signal },
    arguments: [
      text(repository, 'repository', caller),
      text(tag, 'tag', caller),
      digest === undefined ? undefined : text(digest, 'digest', caller),
      Registry.nativeOf(registry, caller),
    ],
  };
}

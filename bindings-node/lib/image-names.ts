import { native } from './addon';
import { bytes, text } from './arguments';
import { parse, stringify, unwrap } from './outcome';

/**
 * Checks a digest (`sha256:` and 64 hexadecimal digits) and gives it in lower case.
 *
 * @throws {@link ArtifactDeployError} `INVALID_DIGEST`
 */
export function parseDigest(digest: string): string {
  return unwrap(native.parseDigest(text(digest, 'digest', parseDigest)), parseDigest);
}

/** The digest of the exact bytes of a manifest or blob; text is taken as UTF-8. */
export function digestOf(content: string | Uint8Array): string {
  return native.digestOf(bytes(content, 'content', digestOf));
}

/**
 * Checks an image tag by the grammar of OCI and ECR.
 *
 * @throws {@link ArtifactDeployError} `INVALID_TAG`
 */
export function parseTag(tag: string): string {
  return unwrap(native.parseTag(text(tag, 'tag', parseTag)), parseTag);
}

/**
 * Checks a platform, `os/architecture[/variant]`, and gives it in its one form.
 *
 * @throws {@link ArtifactDeployError} `INVALID_PLATFORM`
 */
export function parsePlatform(platform: string): string {
  return unwrap(native.parsePlatform(text(platform, 'platform', parsePlatform)), parsePlatform);
}

/**
 * Whether an image for `platform` runs where `wanted` is wanted. A variant counts only when it is
 * wanted.
 *
 * @throws {@link ArtifactDeployError} `INVALID_PLATFORM`
 */
export function platformMatches(platform: string, wanted: string): boolean {
  const outcome = native.platformMatches(
    text(platform, 'platform', platformMatches),
    text(wanted, 'wanted', platformMatches),
  );
  return parse(outcome, platformMatches);
}

/** What a repository does when a tag that exists is pushed again. Filters are wildcards of ECR. */
export type TagMutability =
  | { readonly mode: 'mutable' | 'immutable' | 'unknown' }
  | { readonly mode: 'immutable-except' | 'mutable-except'; readonly filters: readonly string[] };

/**
 * Whether a pushed tag can never be moved to other bytes by a push; `undefined` when that is not known.
 *
 * @throws {@link ArtifactDeployError} `INVALID_TAG`
 */
export function isTagProtected(mutability: TagMutability, tag: string): boolean | undefined {
  const outcome = native.tagMutabilityProtects(
    stringify(mutability, isTagProtected),
    text(tag, 'tag', isTagProtected),
  );
  return parse<boolean | null>(outcome, isTagProtected) ?? undefined;
}

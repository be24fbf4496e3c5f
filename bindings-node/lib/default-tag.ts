import { native } from './addon';
import { stringify, unwrap } from './outcome';

/**
 * The tag to deploy when none is named: `IMAGE_TAG`, else the alias `{environment}-latest`.
 *
 * @param variables where `IMAGE_TAG` is looked for
 * @throws {@link ArtifactDeployError} `INVALID_TAG`, `INVALID_ENVIRONMENT`, or `INVALID_ARGUMENT` when
 * there is neither
 */
export function defaultTag(
  environment?: string,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return unwrap(native.defaultTag(stringify(variables, defaultTag), environment), defaultTag);
}

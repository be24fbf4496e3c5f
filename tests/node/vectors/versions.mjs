import {
  Version,
  environmentAlias,
  environmentForPullRequest,
  environmentFromBranch,
  identifyVersion,
  locateVersion,
  parseEnvironment,
} from '../artifact-deploy.mjs';

export default {
  environment: (text) => parseEnvironment(text),
  environment_from_branch: (branch) => environmentFromBranch(branch),
  environment_for_pull_request: (number) => environmentForPullRequest(number),
  version: ({ environment, metadata, ...options }) => Version.create(environment, metadata, options),
  parse_version: (text) => Version.parse(text),
  parse_tag_of: ({ environment, tag }) => Version.parseTagOf(environment, tag),
  sort: (texts) => Version.sort(texts).map(String),
  newest: ({ environment, tags, layout }) => Version.newest(environment, tags, layout),
  alias: ({ environment, layout }) => environmentAlias(environment, layout),
  locate: ({ layout, repository, version }) => locateVersion(repository, version, layout),
  identify: ({ layout, repository, tag }) => {
    const found = identifyVersion(repository, tag, layout);
    return { ...found, version: found.version.id };
  },
};

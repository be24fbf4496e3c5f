import {
  MemoryRegistry,
  defaultTag,
  inspectImage,
  inspectImageSync,
  publication,
  resolveEachImage,
  resolveImage,
  resolveImages,
} from '../artifact-deploy.mjs';

export default {
  inspect: (input) => inspectImage(single(input)),
  inspect_text: async (input) => (await inspectImage(single(input))).toString(),
  inspect_markdown: (input) => inspectImageSync(single(input)).toMarkdown(),
  resolve: (input) => resolveImage(single(input)),
  resolve_all: async (input) => {
    const outcomes = await resolveEachImage(input.queries, options(input));
    return outcomes.map(({ image, error }) =>
      image ? { reference: image.reference } : { code: error.code },
    );
  },
  require_all: async (input) => (await resolveImages(input.queries, options(input))).map(String),
  publication: ({ registry, ...asked }) => publication({ ...asked, registry: new MemoryRegistry(registry) }),
  default_tag: ({ environment, variables }) => defaultTag(environment, variables),
};

/** The query and the options in one object, as the calls for one image take them. */
function single(input) {
  return { ...input.query, ...options(input) };
}

function options({ registry, policy, wait }) {
  const milliseconds = (seconds) => (seconds === undefined ? undefined : seconds * 1000);
  return {
    registry: new MemoryRegistry(registry),
    policy,
    deadlineMs: milliseconds(wait?.timeoutSeconds),
    firstDelayMs: milliseconds(wait?.firstDelaySeconds),
    longestDelayMs: milliseconds(wait?.longestDelaySeconds),
  };
}

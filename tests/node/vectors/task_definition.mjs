import {
  MemoryRegistry,
  TaskDefinition,
  renderTaskDefinition,
  resolveImageSync,
} from '../artifact-deploy.mjs';

export default {
  parse: ({ text }) => TaskDefinition.parse(text).toString(),
  validate: ({ taskDefinition }) => TaskDefinition.parse(taskDefinition).validate(),
  diff: ({ before, after }) => TaskDefinition.parse(before).diff(after),
  diff_text: ({ before, after }) => TaskDefinition.parse(before).diff(after).toString(),
  render: (input) => render(input),
  registration_json: (input) => render(input).registrationJson,
};

function render({ template, changes, images, registry }) {
  return renderTaskDefinition(
    template,
    images.reduce((spec, image) => withImage(spec, image, registry), changes),
  );
}

/** The changes with one more image, in a place that has none yet. */
function withImage(spec, { container, query }, registry) {
  const image = resolveImageSync({ ...query, registry: new MemoryRegistry(registry) });
  if (container === undefined) {
    return spec.image === undefined
      ? { ...spec, image }
      : { ...spec, container: { ...spec.container, image } };
  }
  const containers = spec.containers ?? {};
  return { ...spec, containers: { ...containers, [container]: { ...containers[container], image } } };
}

import { ServiceDocument } from '../artifact-deploy.mjs';

// As text: what is no object in JSON is refused by the library, and not by the types.
const read = (service) => ServiceDocument.parse(JSON.stringify(service));

export default {
  parse: ({ text }) => ServiceDocument.parse(text).toString(),
  validate: ({ service }) => read(service).validate(),
  render: ({ service, changes }) => read(service).render(changes),
  diff: ({ before, after }) => read(before).diff(read(after)),
  diff_text: ({ before, after }) => read(before).diff(read(after)).toString(),
  update: ({ live, wanted }) => read(wanted).update(read(live)),
};

// Misuse that must not compile: each line below a directive is an error, or tsc says so.
import {
  ArtifactDeployError,
  DeploymentConfiguration,
  type DeploymentEvent,
  EcrRegistry,
  type ErrorCode,
  EvidenceRecord,
  GateReport,
  MemoryCluster,
  MemoryRegistry,
  OciRegistry,
  type Promotion,
  Registry,
  RenderedTaskDefinition,
  TaskDefinition,
  VerifiedImage,
  Version,
  deploy,
  deployEvents,
  publication,
  renderTaskDefinition,
  resolveImage,
  resolveImageSync,
  resolveImages,
} from 'artifact-deploy';

declare const image: VerifiedImage;
declare const version: Version;
declare const promotion: Promotion;
declare const event: DeploymentEvent;
const json = image.toJSON();

// Nothing but the gate makes a verified image.
// @ts-expect-error its constructor is private
new VerifiedImage({}, () => {});
// @ts-expect-error a look-alike is none: the class is nominal
const forged: VerifiedImage = { ...image };
// @ts-expect-error nor is its JSON form
const read: VerifiedImage = json;
// @ts-expect-error what makes it inside the package is no part of the package
VerifiedImage.wrap;
// @ts-expect-error its members cannot be changed
image.digest = 'sha256:';
// @ts-expect-error the constructor of a report is private
new GateReport();
// @ts-expect-error only renderTaskDefinition makes one
new RenderedTaskDefinition();
// @ts-expect-error a version is made with Version.create
new Version();
// @ts-expect-error a task definition is made with TaskDefinition.parse
new TaskDefinition();
// @ts-expect-error it is one of the three registries
new Registry();

// Only verified images are rendered.
// @ts-expect-error a reference is no verified image
renderTaskDefinition('{}', { image: 'app@sha256:…' });
// @ts-expect-error nor is the JSON form of one
renderTaskDefinition('{}', { containers: { app: { image: json } } });
// @ts-expect-error environment values are text
renderTaskDefinition('{}', { container: { environment: { PORT: 8080 } } });
// @ts-expect-error a command is a list
renderTaskDefinition('{}', { container: { command: 'node server.js' } });

// @ts-expect-error a repository is needed
resolveImage({ tag: 'v1' });
// @ts-expect-error a misspelt option
resolveImage({ repository: 'app', expectDigest: 'sha256:…' });
// @ts-expect-error the deadline is a number of milliseconds
resolveImage({ repository: 'app', deadlineMs: '60s' });
// @ts-expect-error there is no such policy
resolveImage({ repository: 'app', policy: { content: 'strict' } });
// @ts-expect-error a registry is an object of this package
resolveImage({ repository: 'app', registry: { kind: 'ecr' } });
// @ts-expect-error a controller is no signal
resolveImage({ repository: 'app', signal: { abort() {} } });
// @ts-expect-error the image of a promise is not there yet
resolveImage({ repository: 'app' }).digest;
// @ts-expect-error the image of a synchronous call is no promise
resolveImageSync({ repository: 'app' }).then;
// @ts-expect-error a list of queries
resolveImages({ repository: 'app' });
// @ts-expect-error a tag is needed to ask whether it is published
publication({ repository: 'app' });
// @ts-expect-error a misspelt option of a registry
new EcrRegistry({ regoin: 'eu-central-1' });
// @ts-expect-error a header is no option
new OciRegistry({ authorization: 'x' });
// @ts-expect-error there is no such fault
new MemoryRegistry({ faults: [{ operation: 'look-up', fault: 'slow' }] });
// @ts-expect-error something to deploy is needed
deploy({ service: 'previews/app' });
// @ts-expect-error a service is needed
deploy({ taskDefinition: 'arn' });
// @ts-expect-error a version needs its images
deploy({ service: 'previews/app', version: 'pr-51/622d2103-20250820-124500' });
// @ts-expect-error a bare document has no verified images
deploy({ service: 'previews/app', rendered: TaskDefinition.parse('{}') });
// @ts-expect-error a tag is no verified image
deploy({ service: 'previews/app', taskDefinition: 'arn', images: { app: 'app:v1' } });
// @ts-expect-error a misspelt step
deploy({ service: 'previews/app', taskDefinition: 'arn', until: 'done' });
// @ts-expect-error a control has a kind
deploy({ service: 'previews/app', taskDefinition: 'arn', control: { region: 'eu-central-1' } });
// @ts-expect-error the iterable gives the events itself
deployEvents({ service: 'previews/app', taskDefinition: 'arn', onEvent: () => {} });
// @ts-expect-error a record cannot be made by hand
new EvidenceRecord({});
// @ts-expect-error a verdict is no proof
promotion.moveAlias('verified');
// @ts-expect-error there is no such strategy
DeploymentConfiguration.fromEcs({ strategy: 'CANERY' });
// @ts-expect-error there is no such behaviour
new MemoryCluster(new MemoryRegistry()).behave({ image: 'v1', behaviour: 'slow' });
// @ts-expect-error there is no such event
if (event.event === 'paused' && event.hook) throw 0;
// @ts-expect-error there is no such code
const code: ErrorCode = 'NOT_FOUND';
// @ts-expect-error there is no such code
if (new ArtifactDeployError('THROTTLED', '').code === 'IMAGE_MISSING') throw 0;
// @ts-expect-error the tag may be missing
const tag: string = image.tag;
// @ts-expect-error the layout is one of two
Version.newest('pr-51', [], 'flat');
// @ts-expect-error a version has no public way to change
version.commit = 'ffffffff';

void [forged, read, code, tag];

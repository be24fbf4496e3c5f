// The documented use, as type checkers of users see it: `tsc --strict`, no DOM, no @types/node.
import {
  type AbortSignalLike,
  ArtifactDeployError,
  BuildMetadata,
  type ContainerChange,
  EcrRegistry,
  type ErrorCode,
  type GateReport,
  ImageReference,
  Manifest,
  MemoryRegistry,
  OciRegistry,
  type Policy,
  type Publication,
  type Registry,
  type RenderedTaskDefinition,
  TaskDefinition,
  VerifiedImage,
  Version,
  buildxImage,
  defaultTag,
  environmentFromBranch,
  inspectImage,
  publication,
  renderTaskDefinition,
  resolveEachImage,
  resolveImage,
  resolveImageSync,
  resolveImages,
  runningImage,
  writeGithubOutput,
  type Control,
  MemoryCluster,
  DeploymentConfiguration,
  type EvidenceRecord,
  deploy as rollOutTo,
  type DeploymentEvent,
  deploySync,
  deployEvents,
  planDeployment,
  type Proof,
  verifyRunning,
  deploymentHistory,
  rollback,
  promote,
  continueDeployment,
  auditServices,
  ServiceDocument,
  explainTask,
  evidenceSchema,
} from 'artifact-deploy';

const metadata: BuildMetadata = BuildMetadata.detect();
const version: Version = Version.create(environmentFromBranch('feat/x'), metadata, {
  release: 'v1.4.2',
  run: 'build',
});
const time: Date = version.time;
const tag: string = version.tag;
const release: string | undefined = version.release;
const path: string = writeGithubOutput({ ...metadata.outputs(), tag, digest: buildxImage('{}').digest });

const registries: Registry[] = [
  new EcrRegistry({ region: 'eu-central-1', timeouts: { readMs: 500 } }),
  new OciRegistry({ registry: 'ghcr.io', username: 'ci', password: 'x' }),
  new MemoryRegistry({ repositories: { app: { images: [{ tags: ['v1'], platform: 'linux/amd64' }] } } }),
];
const policy: Policy = { content: 'available', tagImmutable: 'warn' };

export async function deploy(signal: AbortSignalLike): Promise<RenderedTaskDefinition> {
  const state: Publication = await publication({ repository: 'app', tag });
  if (state.state === 'published') {
    const digest: string = state.digest;
    void digest;
  }
  const image: VerifiedImage = await resolveImage({
    repository: 'app',
    tag,
    policy,
    deadlineMs: 60_000,
    registry: registries[0],
    signal,
    onProgress: ({ attempt, pending }) => {
      const codes: ErrorCode[] = pending.map(({ code }) => code);
      void [attempt satisfies number, codes];
    },
  });
  const images: VerifiedImage[] = await resolveImages([{ repository: 'app', environment: 'pr-51' }], {
    policy,
  });
  for (const outcome of await resolveEachImage([{ repository: 'app', tag }])) {
    if (outcome.error) outcome.error.code satisfies ErrorCode;
    else outcome.image.reference satisfies string;
  }
  const report: GateReport = await inspectImage({ repository: 'app', tag: undefined, digest: image.digest });
  report.checks.filter(({ outcome }) => outcome === 'warn').map(({ reason }) => reason);
  const change: ContainerChange = {
    image,
    environment: { LOG_LEVEL: 'debug' },
    command: ['node', 'server.js'],
  };
  const rendered = renderTaskDefinition(TaskDefinition.parse('{}'), {
    containers: { app: change },
    metadata,
    cpu: 256,
  });
  rendered.images.get('app')?.reference satisfies string | undefined;
  return images.length > 0 ? rendered : renderTaskDefinition({ family: 'app' }, { image });
}

export function health(): { readonly commit?: string; readonly imageTag?: string } {
  const { commit, imageTag } = runningImage({ COMMIT_SHA: 'unknown' });
  return { ...(commit === undefined ? {} : { commit }), ...(imageTag === undefined ? {} : { imageTag }) };
}

const control: Control = new MemoryCluster(new MemoryRegistry(), {
  faster: 1000,
  behaviours: [{ image: 'v2', behaviour: 'cannot-pull', pull: 'not-found' }],
});
const configuration = DeploymentConfiguration.fromEcs({ strategy: 'ROLLING', maximumPercent: 200 });

export async function rollOut(rendered: RenderedTaskDefinition, image: VerifiedImage): Promise<string> {
  const service = 'previews/pr-51';
  const record: EvidenceRecord = await rollOutTo({
    service,
    rendered,
    until: 'verified',
    deadlineMs: 600_000,
    control,
    targets: { kind: 'elb', region: 'eu-central-1' },
    probe: { url: 'https://app.example.com/health', times: 5 },
    deploymentConfiguration: configuration,
    check: false,
    onEvent: (event: DeploymentEvent) => {
      if (event.event === 'paused') event.hookId satisfies string;
      if (event.event === 'task-failed')
        [event.advice, event.exitCode] satisfies [string, number | undefined];
      if (event.event === 'cancelled' && event.left.state === 'updating')
        event.left.taskDefinition satisfies string;
    },
  });
  record.proof?.requireVerified().tasks[0]?.taskArn satisfies string | undefined;
  deploySync({ service, taskDefinition: 'arn:aws:ecs:…', images: { app: image }, control: { kind: 'ecs' } });
  deploySync({ service, version: Version.parse('pr-51/622d2103-20250820-124500'), images: { app: image } });
  for await (const event of deployEvents({ service, rendered, control })) String(event) satisfies string;
  (await planDeployment({ service, rendered })).registers satisfies boolean;
  const proof: Proof = await verifyRunning({ service, meant: { app: image } });
  const known = (await deploymentHistory({ service, limit: 10 })).knownGood[0]?.taskDefinition;
  await rollback({ service, ...(known === undefined ? {} : { to: known }), policy });
  const promotion = await promote({ image, to: 'production', registry: new EcrRegistry() });
  await continueDeployment({ serviceDeployment: 'arn:aws:ecs:…', hookId: 'h', action: 'rollback' });
  await auditServices({ cluster: 'previews', onService: ({ verdict }) => verdict satisfies string });
  configuration.problems(2).map(({ pointer }) => pointer);
  ServiceDocument.parse('{}').render({ desiredCount: 2 }).update('{}').request;
  explainTask({})?.logHint satisfies string | undefined;
  evidenceSchema()['$id'];
  return promotion.moveAlias(proof);
}

try {
  resolveImageSync({ repository: 'app', tag: defaultTag('pr-51') });
} catch (error) {
  if (error instanceof ArtifactDeployError && error.code === 'IMAGE_NOT_FOUND') {
    error.retryable satisfies boolean;
  }
}

void [time, release, path, ImageReference.parse('a/b:c').pinned, Manifest.parse('{}').platforms];

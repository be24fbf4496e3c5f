// Servers for the tests: the scripted stand-in for Amazon ECR, the wire simulator, and Debian's
// docker-registry.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { emptyFolder } from './installed.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Whether all these programs are on PATH. */
export function have(...programs) {
  return programs.every((program) => spawnSync('which', [program]).status === 0);
}

/** The path of a program of the tests crate. */
function built(name) {
  const { status, stdout, stderr } = spawnSync(
    'cargo',
    [
      'build',
      '--locked',
      // The features of the whole workspace, as its tests have them: another selection would compile
      // the SDK once more.
      '--workspace',
      '--all-features',
      '--bin',
      name,
      '--message-format',
      'json-render-diagnostics',
    ],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(stderr);
  const messages = stdout
    .split('\n')
    .filter((line) => line.includes('"executable":"'))
    .map((line) => JSON.parse(line));
  return messages.find((message) => message.target.name === name).executable;
}

/** A program of the tests crate that takes JSON, prints its URL and serves. */
async function served(name, given) {
  const server = spawn(built(name), [JSON.stringify(given)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  const url = await new Promise((resolve, reject) => {
    lines.once('line', resolve);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return { url, stop: () => server.stdin.end() };
}

/** A stand-in for Amazon ECR that plays `script`, and counts its calls. */
export async function scriptedEcr(script) {
  const { url, stop } = await served('scripted-ecr', script);
  return {
    url,
    calls: async () => (await fetch(`${url}/_calls`)).json(),
    play: (next) => fetch(`${url}/_script`, { method: 'PUT', body: JSON.stringify(next) }),
    stop,
  };
}

/** A pace at which a deployment takes well under a second. */
const PACE = {
  scheduling: 0.005,
  stagger: 0.002,
  provisioning: 0.005,
  pulling: 0.01,
  starting: 0.005,
  checking: 0.01,
  failing: 0.02,
  draining: 0.01,
  stopping: 0.005,
  deprovisioning: 0.005,
  replacing: 0.01,
  shifting: 0.01,
  minute: 0.1,
};

/**
 * ECS, ECR and ELBv2 in memory behind real HTTP. `world` is `{ registry, cluster, faults }`.
 * `control(what, given)` looks or acts behind the wire: see `tests/src/wire/control.rs`.
 */
export async function wireSimulator(world = {}) {
  const cluster = { pace: PACE, ...world.cluster };
  const { url, stop } = await served('wire-simulator', { ...world, cluster });
  const control = async (what, given = {}) => {
    const answer = await fetch(`${url}/_control/${what}`, {
      method: 'POST',
      body: JSON.stringify(given),
    });
    if (!answer.ok) throw new Error(`${what}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    stop,
    control,
    calls: () => control('calls'),
    requests: () => control('requests'),
    fault: (operation, act, more = {}) => control('fault', { operation, do: act, ...more }),
    /** The variables with which every AWS SDK comes here. */
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test-secret-key',
      AWS_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A real OCI registry. */
export async function dockerRegistry() {
  const folder = emptyFolder();
  const host = `127.0.0.1:${await freePort()}`;
  mkdirSync(join(folder, 'storage'));
  const storage = `storage: {filesystem: {rootdirectory: ${join(folder, 'storage')}}}`;
  writeFileSync(
    join(folder, 'config.yml'),
    `version: 0.1\nlog: {level: error}\n${storage}\nhttp: {addr: '${host}'}\n`,
  );
  const server = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetch(`http://${host}/v2/`);
      break;
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(50);
    }
  }
  return { host, stop: () => server.kill() };
}

/** Pushes by the distribution protocol; gives the descriptor of the manifest. */
export async function push(host, repository, tag, { config, layers = ['layer'], index }) {
  const base = `http://${host}/v2/${repository}`;
  const manifest = index
    ? { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: index }
    : {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: await pushBlob(base, 'application/vnd.oci.image.config.v1+json', JSON.stringify(config)),
        layers: await Promise.all(
          layers.map((layer) => pushBlob(base, 'application/vnd.oci.image.layer.v1.tar', layer)),
        ),
      };
  const body = JSON.stringify(manifest);
  const answer = await fetch(`${base}/manifests/${tag}`, {
    method: 'PUT',
    body,
    headers: { 'content-type': manifest.mediaType },
  });
  if (!answer.ok) throw new Error(await answer.text());
  return {
    mediaType: manifest.mediaType,
    digest: answer.headers.get('docker-content-digest'),
    size: body.length,
  };
}

async function pushBlob(base, mediaType, text) {
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const upload = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const location = new URL(upload.headers.get('location'), base);
  location.searchParams.set('digest', digest);
  const answer = await fetch(location, {
    method: 'PUT',
    body: text,
    headers: { 'content-type': 'application/octet-stream' },
  });
  if (!answer.ok) throw new Error(await answer.text());
  return { mediaType, digest, size: Buffer.byteLength(text) };
}

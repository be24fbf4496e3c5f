// Real servers for the tests: the scripted stand-in for Amazon ECR, and Debian's docker-registry.
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

/** A stand-in for Amazon ECR that plays `script`, and counts its calls. */
export async function scriptedEcr(script) {
  const server = spawn(built('scripted-ecr'), [JSON.stringify(script)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  const url = await new Promise((resolve, reject) => {
    lines.once('line', resolve);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`scripted-ecr ended with ${code}`)));
  });
  return {
    url,
    calls: async () => (await fetch(`${url}/_calls`)).json(),
    play: (next) => fetch(`${url}/_script`, { method: 'PUT', body: JSON.stringify(next) }),
    stop: () => server.stdin.end(),
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

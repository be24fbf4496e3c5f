// With the platform's own types: every AbortSignal fits, of the DOM and of Node.
import { type TaskDefinition, resolveImage } from 'artifact-deploy';

const controller = new AbortController();
void resolveImage({ repository: 'app', signal: controller.signal });
void resolveImage({ repository: 'app', signal: AbortSignal.timeout(1000) });
export type { TaskDefinition };

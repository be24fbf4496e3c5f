import { native } from './addon';
import { described, text } from './arguments';
import { asynchronous, synchronous } from './call';
import { type Control, controlOf } from './control';
import { checkObject } from './gate-request';
import type { Control as NativeControl, Meant as NativeMeant } from './native';
import type { CallOptions } from './options';
import { type Caller, invalidArgument, stringify, unwrap } from './outcome';
import { type MeantJson, Proof } from './proof';
import { RenderedTaskDefinition } from './render-task-definition';
import { imagesByContainer, VerifiedImage } from './verified-image';

/** Which service is looked at, and what it is meant to run. */
export interface VerifyRunningOptions {
  /** `cluster/service`, or the ARN of the service. */
  readonly service: string;
  /**
   * A rendered task definition, the verified image of each container, or the same as plain values.
   * Default: what the service's own task definition pins.
   */
  readonly meant?: RenderedTaskDefinition | Readonly<Record<string, VerifiedImage>> | MeantJson | undefined;
  /** Default: Amazon ECS, as the environment says. */
  readonly control?: Control | undefined;
  readonly signal?: CallOptions<never>['signal'];
}

/**
 * Looks at every running task of a service, and says what each really runs.
 *
 * The proof says what was found, whatever that is; `requireVerified()` makes an error of everything but
 * success.
 *
 * @throws {@link ArtifactDeployError} `SERVICE_NOT_FOUND`, `SERVICE_NOT_ACTIVE`, `CANCELLED`, and what
 * keeps ECS from answering
 */
export async function verifyRunning(options: VerifyRunningOptions): Promise<Proof> {
  const caller = verifyRunning;
  const { service, meant, control } = asked(options, caller);
  const proof = await asynchronous({ signal: options.signal }, caller, (cancellation) =>
    native.verifyRunning(service, meant, control, cancellation),
  );
  return Proof.wrap(proof, caller);
}

/** As {@link verifyRunning}, while this thread waits. */
export function verifyRunningSync(options: VerifyRunningOptions): Proof {
  const caller = verifyRunningSync;
  const { service, meant, control } = asked(options, caller);
  const proof = synchronous({ signal: options.signal }, caller, (cancellation) =>
    native.verifyRunningSync(service, meant, control, cancellation),
  );
  return Proof.wrap(proof, caller);
}

function asked(
  options: VerifyRunningOptions,
  caller: Caller,
): { readonly service: string; readonly meant: NativeMeant; readonly control: NativeControl } {
  checkObject(options, ['service', 'meant', 'control', 'signal'], caller);
  return {
    service: text(options.service, 'service', caller),
    meant: meantBy(options.meant, caller),
    control: controlOf(options.control, caller),
  };
}

function meantBy(meant: VerifyRunningOptions['meant'], caller: Caller): NativeMeant {
  if (meant === undefined) return native.meantByService();
  if (meant instanceof RenderedTaskDefinition) {
    return native.meantByRendered(RenderedTaskDefinition.nativeOf(meant, caller));
  }
  if (typeof meant !== 'object' || meant === null) {
    throw invalidArgument(
      `meant is ${described(meant)}; expected a rendered task definition or images by container`,
      caller,
    );
  }
  const values = Object.values(meant);
  if (values.length > 0 && values.every((value) => value instanceof VerifiedImage)) {
    const given = imagesByContainer(meant as Readonly<Record<string, VerifiedImage>>, caller);
    return native.meantByImages(given.containers, given.images);
  }
  return unwrap(native.meantByJson(stringify(meant, caller)), caller);
}

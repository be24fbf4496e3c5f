import { native } from './addon';
import { asynchronous, synchronous } from './call';
import type { DeployOptions } from './deploy-options';
import { deployRequest } from './deploy-request';
import type { JsonObject } from './json';
import type { DeploymentPlan as NativePlan } from './native';
import { type Caller, parse } from './outcome';
import { Value } from './value';

/** What a deployment would do. Nothing was changed to know it. */
export class DeploymentPlan extends Value<JsonObject> {
  /** Whether a revision would be registered, and not one that is there be used again. */
  readonly registers: boolean;
  /** Whether the service would be updated. */
  readonly updates: boolean;
  /** Whether all is as it should be already. */
  readonly changesNothing: boolean;
  readonly #native: NativePlan;

  private constructor(plan: NativePlan, caller: Caller) {
    super(parse(plan.toJson(), caller));
    this.registers = plan.registers;
    this.updates = plan.updates;
    this.changesNothing = plan.changesNothing;
    this.#native = plan;
    Object.freeze(this);
  }

  /** @internal */
  static wrap(plan: NativePlan, caller: Caller): DeploymentPlan {
    return new DeploymentPlan(plan, caller);
  }

  /** As Markdown, for a job summary or a comment; untrusted text is escaped. */
  toMarkdown(): string {
    return this.#native.toMarkdown();
  }

  /** For people. What looks secret is hidden. */
  override toString(): string {
    return this.#native.toText();
  }
}

/**
 * Says what `deploy` would do with the same options, and changes nothing.
 *
 * The plan has the difference of the task definitions, that of the service, the gate's reports, whether
 * a revision would be registered, and whether a newer version stands in the way.
 *
 * @throws {@link ArtifactDeployError} what would keep it from deploying
 */
export async function planDeployment(options: DeployOptions): Promise<DeploymentPlan> {
  const caller = planDeployment;
  const { request, what, places, call } = deployRequest(options, caller);
  const plan = await asynchronous({ signal: call.signal }, caller, (cancellation) =>
    native.planDeployment(request, what, places, cancellation),
  );
  return DeploymentPlan.wrap(plan, caller);
}

/** As {@link planDeployment}, while this thread waits. */
export function planDeploymentSync(options: DeployOptions): DeploymentPlan {
  const caller = planDeploymentSync;
  const { request, what, places, call } = deployRequest(options, caller);
  const plan = synchronous({ signal: call.signal }, caller, (cancellation) =>
    native.planDeploymentSync(request, what, places, cancellation),
  );
  return DeploymentPlan.wrap(plan, caller);
}

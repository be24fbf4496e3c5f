import { native } from './addon';
import { described } from './arguments';
import type { JsonObject } from './json';
import type { DeploymentConfiguration as NativeConfiguration } from './native';
import { type Caller, invalidArgument, parse, stringify, unwrap } from './outcome';
import type { TaskDefinitionProblem } from './task-definition';

/** A deployment configuration as ECS writes it; members that are not known here are carried on. */
export interface DeploymentConfigurationJson {
  readonly strategy?: 'ROLLING' | 'BLUE_GREEN' | 'CANARY' | 'LINEAR' | undefined;
  /** Percent of the desired count, rounded up. */
  readonly minimumHealthyPercent?: number | undefined;
  /** Percent of the desired count, rounded down. */
  readonly maximumPercent?: number | undefined;
  readonly bakeTimeInMinutes?: number | undefined;
  readonly deploymentCircuitBreaker?: object | undefined;
  readonly alarms?: object | undefined;
  readonly canaryConfiguration?:
    { readonly canaryPercent?: number; readonly canaryBakeTimeInMinutes?: number } | undefined;
  readonly linearConfiguration?:
    { readonly stepPercent?: number; readonly stepBakeTimeInMinutes?: number } | undefined;
  readonly lifecycleHooks?: readonly object[] | undefined;
  readonly [member: string]: unknown;
}

/** The properties of CDK's `FargateService`, and what they cannot say. */
export interface CdkProperties {
  /** Times as `Duration.parse` reads them (`PT5M`), enumerations by the value that they have in CDK. */
  readonly properties: JsonObject;
  readonly missing: readonly TaskDefinitionProblem[];
}

/** How a service is deployed: strategy, limits, circuit breaker, alarms, lifecycle hooks. */
export class DeploymentConfiguration {
  readonly #native: NativeConfiguration;
  /** The strategy, where one is said. */
  readonly strategy: string | undefined;

  private constructor(configuration: NativeConfiguration) {
    this.#native = configuration;
    this.strategy = configuration.strategy ?? undefined;
    Object.freeze(this);
  }

  /**
   * Reads it as ECS writes it, in a service or in a request: JSON text or an object.
   *
   * Judges only types, what is required, and members that belong to another strategy; the rest is for
   * {@link check}.
   *
   * @throws {@link ArtifactDeployError} `INVALID_DEPLOYMENT_CONFIGURATION`, with the problems in the details
   */
  static fromEcs(configuration: string | DeploymentConfigurationJson): DeploymentConfiguration {
    const caller: Caller = DeploymentConfiguration.fromEcs;
    if (typeof configuration !== 'string' && (typeof configuration !== 'object' || configuration === null)) {
      throw invalidArgument(
        `the deployment configuration is ${described(configuration)}; expected JSON text or an object`,
        caller,
      );
    }
    const text = typeof configuration === 'string' ? configuration : stringify(configuration, caller);
    return new DeploymentConfiguration(unwrap(native.parseDeploymentConfiguration(text), caller));
  }

  /**
   * That it can be carried out with so many tasks.
   *
   * @throws {@link ArtifactDeployError} `INVALID_DEPLOYMENT_CONFIGURATION`, with the problems in the details
   */
  check(desiredCount: number): void {
    const count = checkedCount(desiredCount, this.check);
    unwrap(this.#native.check(count), this.check);
  }

  /** All that could never be carried out with so many tasks; empty when nothing is wrong. */
  problems(desiredCount: number): TaskDefinitionProblem[] {
    const count = checkedCount(desiredCount, this.problems);
    return parse(this.#native.problems(count), this.problems);
  }

  /** As `UpdateService` and `CreateService` take it. */
  toEcs(): JsonObject {
    return JSON.parse(this.#native.toEcs()) as JsonObject;
  }

  /** As `DeploymentConfiguration` of `AWS::ECS::Service`. */
  toCloudFormation(): JsonObject {
    return JSON.parse(this.#native.toCloudFormation()) as JsonObject;
  }

  /** As properties of CDK's `FargateService`; `deploymentProps` of `artifact-deploy/cdk` makes them. */
  toCdk(): CdkProperties {
    return parse(this.#native.toCdk(), this.toCdk);
  }

  /** As ECS writes it. */
  toJSON(): JsonObject {
    return this.toEcs();
  }
}

function checkedCount(count: number, caller: Caller): number {
  if (Number.isInteger(count) && count >= 0 && count < 2 ** 32) return count;
  const given = typeof count === 'number' ? String(count) : described(count);
  throw invalidArgument(`the desired count is ${given}; expected a whole number from 0`, caller);
}

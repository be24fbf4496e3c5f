import type { Probe } from './application';
import type { BuildMetadata, BuildMetadataJson } from './build-metadata';
import type { Control, Targets } from './control';
import type { DeploymentConfiguration, DeploymentConfigurationJson } from './deployment-configuration';
import type { DeploymentEvent } from './deployment-event';
import type { Until } from './evidence-record';
import type { Waiting } from './gate-options';
import type { CallOptions } from './options';
import type { Registry } from './registry';
import type { RenderedTaskDefinition } from './render-task-definition';
import type { VerifiedImage } from './verified-image';
import type { Version } from './version';

/** How a rollout is carried out and watched. */
export interface RolloutOptions extends Waiting {
  /** `cluster/service`, or the ARN of the service. */
  readonly service: string;
  /** How far it goes. Default: `verified`, every running task is proven to run what was meant. */
  readonly until?: Until | undefined;
  /** How long the whole of it may take, in milliseconds. Default: it follows from the service. */
  readonly deadlineMs?: number | undefined;
  /** Is told of everything that happens. What it throws ends the call, and is thrown by the call. */
  readonly onEvent?: ((event: DeploymentEvent) => void) | undefined;
  /**
   * Ends the call, not the deployment: it fails with `CANCELLED`, and `left` in the details says what
   * state was left behind. A synchronous call only looks at it once, before it begins.
   */
  readonly signal?: CallOptions<never>['signal'];
  /** What becomes of a deployment that waits in a hook. Default: `report`. */
  readonly hooks?: 'report' | 'continue' | 'roll-back' | undefined;
  /** Asks the running application for its version. */
  readonly probe?: Probe | undefined;
  /** Default: Amazon ECS, as the environment says. */
  readonly control?: Control | undefined;
  /** Asked for the images of a revision. Default: every registry, by address. */
  readonly registry?: Registry | undefined;
  /** Also proves that load balancers send traffic to the tasks. */
  readonly targets?: Targets | undefined;
  /** Whether everything but success is an error. With `false` every end is a record. Default: yes. */
  readonly check?: boolean | undefined;
}

/** What a service is to run. */
export type DeploySubject =
  /** A document with verified images in it: registered, unless its content is already. */
  | {
      readonly rendered: RenderedTaskDefinition;
      readonly taskDefinition?: undefined;
      readonly images?: undefined;
    }
  /** The ARN of a revision. Its images pass the gate first, unless they are given by container. */
  | {
      readonly rendered?: undefined;
      readonly taskDefinition: string;
      readonly images?: Readonly<Record<string, VerifiedImage>> | undefined;
    }
  /** The newest revision with this version, and the images that it names, by container. */
  | {
      readonly rendered?: undefined;
      readonly taskDefinition?: undefined;
      readonly version: string | Version;
      readonly images: Readonly<Record<string, VerifiedImage>>;
    };

/** What a deployment may say beside what it puts in place. */
export interface DeployDetails extends RolloutOptions {
  /** The version. Default: what the containers say, `IMAGE_TAG` or the tag of an image. */
  readonly version?: string | Version | undefined;
  /** Where it comes from, for the record. */
  readonly build?: BuildMetadata | BuildMetadataJson | undefined;
  /** How the service is deployed from now on. */
  readonly deploymentConfiguration?: DeploymentConfiguration | DeploymentConfigurationJson | undefined;
  /** Begins a deployment also when the service runs this revision already. */
  readonly forceNewDeployment?: boolean | undefined;
  /** Lets an older version replace a newer one: the reason, which stands in the record. */
  readonly unguarded?: string | undefined;
}

/** What {@link deploy} takes. */
export type DeployOptions = DeployDetails & DeploySubject;

/** What {@link rollback} takes. */
export interface RollbackOptions extends RolloutOptions {
  /** A version that ran before, or the ARN of a revision. Default: the latest that is known to be good. */
  readonly to?: string | Version | undefined;
  /** What the images of the target have to pass. */
  readonly policy?: import('./gate-options').Policy | undefined;
}

import { native } from './addon';
import { Shared, timeoutsInSeconds } from './connect';
import type { Registry as NativeRegistry } from './native';
import { type Caller, invalidArgument, stringify, unwrap } from './outcome';

/** How long a call to a registry may take, in milliseconds; what is left out keeps its default. */
export interface RegistryTimeouts {
  /** Until a connection stands. Default: 3100. */
  readonly connectMs?: number | undefined;
  /** Without a single byte of the answer. Default: 10000. */
  readonly readMs?: number | undefined;
  /** For one attempt as a whole. Default: 20000. */
  readonly attemptMs?: number | undefined;
  /** For a call with all its attempts. Default: 60000. */
  readonly operationMs?: number | undefined;
}

/** How Amazon ECR is reached. What is left out is as the AWS SDK finds it in the environment. */
export interface EcrRegistryOptions {
  /** For repositories that are named without a host; a host says its own. */
  readonly region?: string | undefined;
  /** The profile of the shared AWS configuration. */
  readonly profile?: string | undefined;
  /** The role to assume. */
  readonly roleArn?: string | undefined;
  /** Where the API of ECR is, such as an emulator. */
  readonly endpointUrl?: string | undefined;
  readonly timeouts?: RegistryTimeouts | undefined;
}

/** How an OCI registry is reached: anonymously, with a user name and password, or with a token. */
export interface OciRegistryOptions {
  /** The host, with its port, that the credentials are for. They need it; no other host is told them. */
  readonly registry?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** A bearer token, sent as it is. */
  readonly token?: string | undefined;
  /** Plain HTTP with every host (`true`) or with none (`false`). Default: with loopback hosts alone. */
  readonly plainHttp?: boolean | undefined;
  readonly timeouts?: RegistryTimeouts | undefined;
}

/** A registry that calls can share: it keeps its connections and credentials. */
export abstract class Registry {
  readonly #native: NativeRegistry;

  /** @internal */
  protected constructor(registry: NativeRegistry) {
    this.#native = registry;
  }

  /** @internal */
  static nativeOf(registry: Registry | undefined, caller: Caller): NativeRegistry {
    if (registry === undefined) return defaultRegistry(caller);
    if (registry instanceof Registry) return registry.#native;
    throw invalidArgument(
      'registry is not a registry; expected an EcrRegistry, an OciRegistry or a MemoryRegistry',
      caller,
    );
  }
}

/** Amazon ECR. Nothing is sent before the first call. */
export class EcrRegistry extends Registry {
  /** @throws {@link ArtifactDeployError} `INVALID_ARGUMENT` */
  constructor(options: EcrRegistryOptions = {}) {
    super(connect({ kind: 'ecr', ...options, timeouts: timeoutsInSeconds(options.timeouts) }, EcrRegistry));
  }
}

/** Any registry that speaks the OCI distribution protocol. Nothing is sent before the first call. */
export class OciRegistry extends Registry {
  /** @throws {@link ArtifactDeployError} `INVALID_ARGUMENT` */
  constructor(options: OciRegistryOptions = {}) {
    super(connect({ kind: 'oci', ...options, timeouts: timeoutsInSeconds(options.timeouts) }, OciRegistry));
  }
}

const shared = new Shared((caller) => connect({ kind: 'auto' }, caller));

/** Every registry, by address. */
function defaultRegistry(caller: Caller): NativeRegistry {
  return shared.get(caller);
}

function connect(options: object, caller: Caller): NativeRegistry {
  return unwrap(native.connectRegistry(stringify(options, caller)), caller);
}

// The environment of an npm that is started inside another npm's script.

/** Settings that say where packages come from; all else belongs to the outer npm's own command. */
const KEPT =
  /^npm_config_(registry|userconfig|globalconfig|cache|proxy|https?_proxy|noproxy|cafile|ca|strict_ssl|offline|prefer_offline)$/i;

/** `environment` without what the outer npm added: its prefix, its folder, its `omit` and flags. */
export function environmentForNpm(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => (!/^npm_/i.test(name) || KEPT.test(name)) && !['INIT_CWD', 'NODE_ENV'].includes(name),
    ),
  );
}

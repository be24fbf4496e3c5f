// The package under test, as built in its folder. package.test.mjs tests it as it is installed.
export * from '../../bindings-node/dist/index.mjs';

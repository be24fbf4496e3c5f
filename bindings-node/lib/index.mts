// The same classes for `import` and `require`: an error or a verified image of the one is an
// instance of the other's class.
export * from './index.js';

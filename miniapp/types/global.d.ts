/** Written into the build by config/index.ts: where the API is; empty on H5, which asks its own origin. */
declare const API_BASE: string;

declare module '*.png' {
  const address: string;
  export default address;
}
declare module '*.scss';

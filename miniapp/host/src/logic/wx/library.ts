/** The version of WeChat's base library whose calls the host plays. */
export const LIBRARY = '3.8.12';

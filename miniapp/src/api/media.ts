/** The only place that makes a whole address of a picture: the API names its own as `/media/…`. */
export function mediaUrl(address: string | null, base: string = API_BASE): string | null {
  if (address === null || address === '') return null;
  return address.startsWith('/') && !address.startsWith('//') ? `${base}${address}` : address;
}

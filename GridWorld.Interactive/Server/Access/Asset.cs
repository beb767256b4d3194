namespace GridWorld;

/// <summary>One file of the live view. <paramref name="Hash"/> is the value that the page requests after <c>?v=</c>.</summary>
internal sealed record Asset(byte[] Bytes, string ContentType, string Hash);

namespace GridWorld;

/// <summary>One named part of a saved state: raw little-endian memory.</summary>
/// <param name="Name">Name of the part, unique within the state.</param>
/// <param name="Bytes">Content of the part.</param>
internal sealed record StateSection(string Name, byte[] Bytes);

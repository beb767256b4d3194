namespace GridWorld;

/// <summary>The scope of the request's token, for the hub.</summary>
internal sealed record Caller(Scope Scope);

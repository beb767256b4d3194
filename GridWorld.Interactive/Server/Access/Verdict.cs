namespace GridWorld;

/// <summary>The decision of <see cref="Access"/>: a status to refuse the request with, or the route to call.</summary>
internal readonly record struct Verdict(int Refusal, Scope Scope = default, Route? Route = null, string Argument = "",
    IReadOnlyList<string>? Allowed = null);

using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>
/// A request that has passed <see cref="Access"/>. <paramref name="Argument"/> is the text in place of the <c>*</c> in the route's path.
/// </summary>
internal readonly record struct Call(HttpContext Http, Scope Scope, string Argument);

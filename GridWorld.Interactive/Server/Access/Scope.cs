namespace GridWorld;

/// <summary>The permissions of a request. Each level includes the previous one.</summary>
internal enum Scope
{
    Anonymous,
    View,
    Control,
}

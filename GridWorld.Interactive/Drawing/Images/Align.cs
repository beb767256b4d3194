namespace GridWorld;

/// <summary>The part of a text that lies at its position.</summary>
internal enum Align
{
    Start,
    Middle,
    End,
}

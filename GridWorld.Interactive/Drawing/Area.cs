namespace GridWorld;

/// <summary>A rectangle of a picture.</summary>
internal readonly record struct Area(double X, double Y, double Width, double Height);

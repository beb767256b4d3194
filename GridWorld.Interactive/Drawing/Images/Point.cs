namespace GridWorld;

/// <summary>A position in CSS pixels, from the upper left.</summary>
internal readonly record struct Point(double X, double Y);

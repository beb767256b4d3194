namespace GridWorld;

/// <summary>A cell in which episodes start.</summary>
/// <param name="X">Column, from 0.</param>
/// <param name="Y">Row, from 0 at the top.</param>
/// <param name="P">Probability in (0, 1]; null in all starts means equal probabilities.</param>
public readonly record struct WorldStart(int X, int Y, double? P = null);

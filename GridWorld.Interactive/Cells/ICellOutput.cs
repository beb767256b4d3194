namespace GridWorld;

/// <summary>A value of this library that has its own output in a cell.</summary>
internal interface ICellOutput
{
    CellOutput Output();
}

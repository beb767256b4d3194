namespace GridWorld.Tests;

public class NotebookFileTests
{
    const string Story = """
        { "nbformat": 4, "nbformat_minor": 5,
          "metadata": { "polyglot_notebook": { "kernelInfo": { "defaultKernelName": "csharp" } } },
          "cells": [
            { "cell_type": "markdown", "source": "# Not run" },
            { "cell_type": "code", "metadata": {}, "outputs": [], "source": ["#r \"nuget:GridWorld.Interactive\"\n", "using GridWorld;"] },
            { "cell_type": "code", "metadata": { "gridworld": { "expect": ["GridWorld.Engine"] } }, "source": "home",
              "outputs": [{ "output_type": "stream", "text": "a" }, { "output_type": "display_data", "data": { "text/html": ["<th>State</th>\n", "<th style=\"x\">Return</th>", "the optimal policy returns −13 (exact)"], "text/plain": "State" } }] },
            { "cell_type": "code", "metadata": { "polyglot_notebook": { "kernelName": "fsharp" } }, "outputs": [], "source": "1" }
          ] }
        """;

    [Fact]
    public void Notebook_reads_code_cells_with_language_outputs_and_expectations()
    {
        var cells = Notebook.Parse(Story).Cells;

        Assert.Equal([2, 3, 4], cells.Select(cell => cell.Number));
        Assert.Equal(["csharp", "csharp", "fsharp"], cells.Select(cell => cell.Language));
        Assert.Equal("#r \"nuget:GridWorld.Interactive\"\nusing GridWorld;", cells[0].Code);
        Assert.Equal(["GridWorld.Engine"], cells[1].Expected);
        Assert.Equal(["", "a", ""], cells.Select(cell => cell.SavedConsole));
        Assert.Equal(["text/html + text/plain", "State", "Return", "the optimal policy returns −13"],
            OutputFacts.Of(Assert.Single(cells[1].Saved)));
    }

    [Theory]
    [InlineData("<details open=\"open\" class=\"dni-treeview\">", "is a tree of properties")]
    [InlineData("0 % of the states act optimally", "shows 0 %")]
    [InlineData("100 % of the states, 0.0 % off", null)]
    [InlineData("<svg>", "has an SVG, which untrusted notebooks lose")]
    public void Embarrassing_output_is_named(string html, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], OutputFacts.FaultsOf(new Dictionary<string, string> { ["text/html"] = html }));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GridWorld.Tests;

public class MutationTests
{
    [Theory]
    [InlineData("if (a < b) c++;", "a < b → a <= b", "a < b → !(a < b)", "c++; → nothing")]
    [InlineData("while (c != 0 && a > 1) F();", "c != 0 && a > 1 → c != 0 || a > 1", "c != 0 && a > 1 → !(c != 0 && a > 1)",
        "c != 0 → c == 0", "0 → 0 + 1", "a > 1 → a >= 1", "1 → 1 + 1", "F(); → nothing")]
    [InlineData("return a * (b - 0.5);", "a * (b - 0.5) → a / (b - 0.5)", "b - 0.5 → b + 0.5", "0.5 → 0.5 + 1")]
    public void Comparisons_arithmetic_conditions_numbers_and_statements_are_changed(string code, params string[] expected) =>
        Assert.Equal(expected.Order(), Mutations(code).Select(m => $"{m.Original} → {m.Mutated}").Order());

    [Theory]
    [InlineData("const int limit = 3 + 1;")]
    [InlineData("""return c is > 3 ? $"{a + 1}" : "a" + "b";""")]
    [InlineData("""throw new System.Exception("after " + 3);""")]
    public void Constants_patterns_and_texts_are_not(string code) => Assert.Empty(Mutations(code));

    [Theory]
    [InlineData("if (a < b) { }", "if ((isOn?(a <= b):(a < b))) { }", "if (isOn^(a < b)) { }")]
    [InlineData("F();", "if(!isOn)F();")]
    public void Either_code_is_there_and_a_switch_selects(string code, params string[] expected) =>
        Assert.Equal(expected.Order(), Mutations(code).Select(m => m.Original.SyntaxTree.GetRoot()
            .ReplaceNode(m.Original, m.Switch(SyntaxFactory.ParseExpression("isOn"), m.Original)).DescendantNodes()
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.BlockSyntax>().First().Statements[0].ToString()).Order());

    static IEnumerable<Mutation> Mutations(string code)
    {
        var tree = CSharpSyntaxTree.ParseText($$"""class C { object F() { {{code}} } double a, b; int c; }""");
        var compilation = CSharpCompilation.Create("C", [tree], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
        return Mutation.Of(tree, compilation.GetSemanticModel(tree));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace GridWorld.Build;

/// <summary>A change of one expression or statement, which takes effect if the process was started with its number.</summary>
/// <param name="Original">The expression or statement.</param>
/// <param name="Mutated">What it becomes, as text.</param>
/// <param name="Switch">Gets the condition under which it takes effect, and the original code, in which other mutations may be switched
/// already. Returns code that does either.</param>
public sealed record Mutation(SyntaxNode Original, string Mutated, Func<ExpressionSyntax, SyntaxNode, SyntaxNode> Switch)
{
    static readonly Dictionary<SyntaxKind, (SyntaxKind Kind, SyntaxKind Token)> others = new()
    {
        [SyntaxKind.LessThanExpression] = (SyntaxKind.LessThanOrEqualExpression, SyntaxKind.LessThanEqualsToken),
        [SyntaxKind.LessThanOrEqualExpression] = (SyntaxKind.LessThanExpression, SyntaxKind.LessThanToken),
        [SyntaxKind.GreaterThanExpression] = (SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.GreaterThanEqualsToken),
        [SyntaxKind.GreaterThanOrEqualExpression] = (SyntaxKind.GreaterThanExpression, SyntaxKind.GreaterThanToken),
        [SyntaxKind.EqualsExpression] = (SyntaxKind.NotEqualsExpression, SyntaxKind.ExclamationEqualsToken),
        [SyntaxKind.NotEqualsExpression] = (SyntaxKind.EqualsExpression, SyntaxKind.EqualsEqualsToken),
        [SyntaxKind.AddExpression] = (SyntaxKind.SubtractExpression, SyntaxKind.MinusToken),
        [SyntaxKind.SubtractExpression] = (SyntaxKind.AddExpression, SyntaxKind.PlusToken),
        [SyntaxKind.MultiplyExpression] = (SyntaxKind.DivideExpression, SyntaxKind.SlashToken),
        [SyntaxKind.DivideExpression] = (SyntaxKind.MultiplyExpression, SyntaxKind.AsteriskToken),
        [SyntaxKind.LogicalAndExpression] = (SyntaxKind.LogicalOrExpression, SyntaxKind.BarBarToken),
        [SyntaxKind.LogicalOrExpression] = (SyntaxKind.LogicalAndExpression, SyntaxKind.AmpersandAmpersandToken),
    };

    /// <summary>All mutations of one file. Constants and patterns cannot be switched, and what a text says does not matter.</summary>
    public static IEnumerable<Mutation> Of(SyntaxTree tree, SemanticModel model) =>
        tree.GetRoot().DescendantNodes(node => !IsFixed(node)).SelectMany(node => Of(node, model));

    static IEnumerable<Mutation> Of(SyntaxNode node, SemanticModel model)
    {
        switch (node)
        {
            case BinaryExpressionSyntax binary when others.TryGetValue(binary.Kind(), out var other) && IsNumberOrBool(binary, model):
                BinaryExpressionSyntax Other(SyntaxNode of) => BinaryExpression(other.Kind, ((BinaryExpressionSyntax)of).Left,
                    Token(other.Token).WithTriviaFrom(binary.OperatorToken), ((BinaryExpressionSyntax)of).Right);
                yield return new(binary, Other(binary).ToString(), (isOn, now) => Either(isOn, Other(now), now));
                break;
            case LiteralExpressionSyntax { Token.Value: int or long or double } literal:
                string more = $"{literal} + 1";
                yield return new(literal, more, (isOn, now) => Either(isOn, ParseExpression($"({literal} + 1)"), now));
                break;
            case ExpressionStatementSyntax { Expression: not AwaitExpressionSyntax } statement:
                yield return new(statement, "nothing", (isOn, now) =>
                    IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, isOn), (StatementSyntax)now));
                break;
        }

        if (node.Parent is IfStatementSyntax { Condition: var first } && first == node
            || node.Parent is WhileStatementSyntax { Condition: var second } && second == node)
            yield return new(node, $"!({node})", (isOn, now) =>
                BinaryExpression(SyntaxKind.ExclusiveOrExpression, isOn, ParenthesizedExpression((ExpressionSyntax)now)));
    }

    static bool IsFixed(SyntaxNode node) => node
        is AttributeListSyntax or InterpolatedStringExpressionSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or PatternSyntax
        or SwitchLabelSyntax or EnumMemberDeclarationSyntax or ParameterSyntax
        || node is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword)
        || node is LocalDeclarationStatementSyntax { IsConst: true };

    static bool IsNumberOrBool(ExpressionSyntax expression, SemanticModel model) =>
        model.GetTypeInfo(expression).Type?.SpecialType
        is SpecialType.System_Boolean or (>= SpecialType.System_SByte and <= SpecialType.System_Double);

    static ParenthesizedExpressionSyntax Either(ExpressionSyntax isOn, ExpressionSyntax mutated, SyntaxNode now) => ParenthesizedExpression(
        ConditionalExpression(isOn, ParenthesizedExpression(mutated), ParenthesizedExpression((ExpressionSyntax)now)));
}

package dev.moviola.kernel.notebook.internal;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The method of a cell as the text of the cell. */
final class ScriptBody {
    private final ParsedJava parsed;
    private final MethodTree method;
    private final Map<String, String> fields;

    /** Takes those out of {@code fields}, types by names, that the method gives their first value. */
    ScriptBody(ParsedJava parsed, MethodTree method, Map<String, String> fields) {
        this.parsed = parsed;
        this.method = method;
        this.fields = fields;
    }

    String cell() {
        BlockTree block = method.getBody();
        String whole = parsed.text(block);
        StringBuilder cell = new StringBuilder();
        int from = parsed.start(block) + 1;
        List<? extends StatementTree> statements = block.getStatements();
        for (int i = 0; i < statements.size(); i++) {
            StatementTree statement = statements.get(i);
            int start = parsed.start(statement);
            cell.append(whole, from - parsed.start(block), start - parsed.start(block));
            cell.append(statement(statement, i == statements.size() - 1));
            from = parsed.end(statement);
        }
        cell.append(whole, from - parsed.start(block), whole.length() - 1);
        return ScriptReader.dedent(
                        cell.toString().replaceFirst("^[ \\t]*\\n", "").stripTrailing())
                .lines()
                .map(ScriptBody::line)
                .collect(Collectors.joining("\n"));
    }

    private String statement(StatementTree statement, boolean last) {
        if (statement instanceof ExpressionStatementTree expression) {
            if (expression.getExpression() instanceof AssignmentTree assignment
                    && assignment.getVariable() instanceof IdentifierTree name
                    && fields.containsKey(name.getName().toString())) {
                return fields.remove(name.getName().toString()) + " " + parsed.text(statement);
            }
            if (last
                    && expression.getExpression() instanceof MethodInvocationTree call
                    && call.getMethodSelect() instanceof IdentifierTree name
                    && name.getName().contentEquals("show")
                    && call.getArguments().size() == 1) {
                return parsed.text(call.getArguments().get(0));
            }
        }
        if (statement instanceof IfTree condition
                && condition.getThenStatement() instanceof ThrowTree thrown
                && parsed.text(condition.getCondition()).equals("(true)")) {
            return parsed.text(thrown);
        }
        return parsed.text(statement);
    }

    private static String line(String line) {
        String bare = line.strip();
        return bare.startsWith(ScriptComments.MAGIC)
                ? ScriptComments.unescape(bare.substring(ScriptComments.MAGIC.length()))
                : bare.equals(ScriptComments.MAGIC.strip()) ? "" : line;
    }
}

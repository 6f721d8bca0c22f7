package io.github.spencerpark.jupyter.kernel.display;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in several forms, put together by hand. Not safe for use by several threads. */
public class DisplayData implements Displayable {
    private final Map<String, Object> forms = new LinkedHashMap<>();
    private @Nullable String id;

    /** Without any form. */
    public DisplayData() {}

    /** Plain text. */
    public DisplayData(String text) {
        putText(text);
    }

    /** The same forms as another one. */
    public DisplayData(DisplayData other) {
        assign(other);
    }

    /** The forms of a bundle. */
    public static DisplayData of(MimeBundle bundle) {
        DisplayData data = new DisplayData();
        data.forms.putAll(bundle.forms());
        return data;
    }

    /** Puts a form: text, bytes, or a tree of maps and lists. */
    public void putData(String mediaType, Object form) {
        forms.put(mediaType, form);
    }

    /** Puts a form: text, bytes, or a tree of maps and lists. */
    public void putData(MIMEType mediaType, Object form) {
        putData(mediaType.toString(), form);
    }

    /** The form of that type; null if there is none. */
    public @Nullable Object getData(MIMEType mediaType) {
        return forms.get(mediaType.toString());
    }

    /** Whether there is a form of that type. */
    public boolean hasDataForType(MIMEType mediaType) {
        return forms.containsKey(mediaType.toString());
    }

    /** Takes over the forms of another one. */
    public final void assign(DisplayData other) {
        forms.putAll(other.forms);
    }

    /** Names it, for updates. */
    public void setDisplayId(String displayId) {
        id = displayId;
    }

    /** Whether it was named. */
    public boolean hasDisplayId() {
        return id != null;
    }

    /** Its name; null if it has none. */
    public @Nullable String getDisplayId() {
        return id;
    }

    public final void putText(String text) {
        putData(MIMEType.TEXT_PLAIN, text);
    }

    public void putHTML(String html) {
        putData(MIMEType.TEXT_HTML, html);
    }

    public void putLatex(String latex) {
        putData(MIMEType.TEXT_LATEX, latex);
    }

    public void putMath(String math) {
        putLatex("$$" + math + "$$");
    }

    public void putMarkdown(String markdown) {
        putData(MIMEType.TEXT_MARKDOWN, markdown);
    }

    public void putJavaScript(String javascript) {
        putData(MIMEType.APPLICATION_JAVASCRIPT, javascript);
    }

    public void putJSON(String json) {
        putData(MIMEType.APPLICATION_JSON, json);
    }

    public void putSVG(String svg) {
        putData(MIMEType.IMAGE_SVG, svg);
    }

    @Override
    public MimeBundle display() {
        Object text = forms.get(MimeBundle.TEXT);
        MimeBundle bundle = MimeBundle.text(text == null ? forms.keySet().toString() : String.valueOf(text));
        for (Map.Entry<String, Object> form : forms.entrySet()) {
            if (!form.getKey().equals(MimeBundle.TEXT)) {
                bundle = bundle.with(form.getKey(), form.getValue());
            }
        }
        return bundle;
    }
}
